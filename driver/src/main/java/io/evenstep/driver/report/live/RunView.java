package io.evenstep.driver.report.live;

import io.evenstep.driver.event.RunStart;
import io.evenstep.driver.report.PageSource;

/** One run as a browser sees it. */
record RunView(PageSource source, RunStart start) {
  /** The data of this moment, in one line. */
  String json() {
    return source.json(start);
  }

  /** The whole page. */
  String page() {
    return source.livePage(start);
  }

  /** Reads what does not change, which takes a while. */
  void prepare() {
    source.lookAtData(start);
  }
}
