/* The lists of countries, topics and sources. */
import "./js/filter.js";
