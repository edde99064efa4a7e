package io.evenstep.driver.stage;

import io.evenstep.worker.progress.ProgressClient;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.train.TrainingPlan;
import java.net.InetSocketAddress;

/**
 * How a rank tells the driver what it should know, and hears that it is to stop, over a connection
 * of its own.
 */
record Voice(ProgressClient client) implements AutoCloseable {
  static Voice of(InetSocketAddress driver, TrainingPlan plan, StopSign stop) {
    ProgressClient client =
        ProgressClient.connect(
            driver.getHostString(), driver.getPort(), plan.runId(), plan.secret(), stop);
    return new Voice(client);
  }

  ProgressListener listener() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
