/* The world map and its tables. */
import "./js/filter.js";
import "./js/windows.js";
