// In a copy that is opened from a folder, the theme fetches its index only while its own search switch is on, and pages may show no such
// switch. So it is turned on when the theme's script has come, and off when the index has.
if (location.protocol === "file:")
  document.addEventListener(
    "load",
    (event) => {
      const source = event.target.src || "";
      const turn = (on) => {
        const toggle = document.querySelector("[data-md-toggle=search]");
        if (!toggle) return;
        toggle.checked = on;
        toggle.dispatchEvent(new Event("change"));
      };
      if (/\/javascripts\/bundle[^/]*\.js$/.test(source)) turn(true);
      if (source.endsWith("/search/search_index.js")) turn(false);
    },
    true,
  );
