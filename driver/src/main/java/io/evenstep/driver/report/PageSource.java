package io.evenstep.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.driver.event.RunStart;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a page of a run is made of, for the file and for the live page. For any thread. */
public final class PageSource {
  private static final Logger log = LoggerFactory.getLogger(PageSource.class);

  private final RunRecord record;
  private final Configuration hadoop;
  private boolean looked; // at the data; guarded by this
  private volatile Optional<JsonNode> card = Optional.empty(); // of the data, once it is known

  /** Reads from {@code record}, which must receive each event first. */
  public PageSource(RunRecord record, Configuration hadoop) {
    this.record = record;
    this.hadoop = hadoop;
  }

  /** Reads a sample of the rows once. This takes time, so call it on a separate thread. */
  public synchronized void lookAtData(RunStart begun) {
    if (looked || NativeRuntime.hasCuda()) {
      return; // with CUDA, the driver may have no card to decode rows with
    }
    looked = true;
    try {
      card = Optional.of(DataCard.of(begun.pack(), hadoop));
    } catch (IOException | RuntimeException e) {
      log.warn("The report says nothing of the data: {}", Reason.of(e), e);
    }
  }

  /** The data of the page at this moment, in one line of JSON. */
  public String json(RunStart begun) {
    return PageData.of(begun, record.snapshot(), card).toString();
  }

  /** The page at this moment, one file that needs nothing else. */
  String page(RunStart begun) {
    return PageTemplate.page(begun.runId(), json(begun));
  }

  /** The page at this moment, which follows the run by events of the server it came from. */
  public String livePage(RunStart begun) {
    return PageTemplate.livePage(begun.runId(), json(begun));
  }

  String stepsCsv() {
    return record.stepsCsv();
  }
}
