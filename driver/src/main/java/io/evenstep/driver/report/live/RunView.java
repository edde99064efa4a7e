package io.evenstep.driver.report.live;

import io.evenstep.driver.event.RunStart;
import io.evenstep.driver.report.PageSource;

/** A run as shown in a browser. */
record RunView(PageSource source, RunStart start) {
  /** The current data, as one line of JSON. */
  String json() {
    return source.json(start);
  }

  /** The complete page. */
  String page() {
    return source.livePage(start);
  }

  /** Reads the data that do not change, which takes some time. */
  void prepare() {
    source.lookAtData(start);
  }
}
