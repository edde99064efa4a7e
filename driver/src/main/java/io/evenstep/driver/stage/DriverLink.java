package io.evenstep.driver.stage;

import io.evenstep.worker.progress.ProgressClient;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.train.TrainingPlan;
import java.net.InetSocketAddress;

/** A rank's connection to the driver. It reports progress and receives stop requests. */
record DriverLink(ProgressClient client) implements AutoCloseable {
  static DriverLink of(InetSocketAddress driver, TrainingPlan plan, StopSign stop) {
    ProgressClient client =
        ProgressClient.connect(
            driver.getHostString(),
            driver.getPort(),
            plan.identity().runId(),
            plan.identity().secret(),
            stop);
    return new DriverLink(client);
  }

  ProgressListener listener() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
