/* Every part, for templates of a site's own that name no script. */
import "./js/filter.js";
import "./js/windows.js";
