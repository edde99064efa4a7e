package io.evenstep.driver.stage;

import io.evenstep.worker.ProgressListener;
import io.evenstep.worker.TrainingPlan;
import io.evenstep.worker.comm.ProgressClient;
import java.net.InetSocketAddress;
import java.util.Optional;

/** How a rank tells the driver of its progress: rank 0 over a connection, the others not at all. */
record Voice(ProgressListener listener, Optional<ProgressClient> client) implements AutoCloseable {
  static Voice of(int rank, InetSocketAddress driver, TrainingPlan plan) {
    if (rank != 0) {
      return new Voice(ProgressListener.SILENT, Optional.empty());
    }
    ProgressClient client =
        ProgressClient.connect(
            driver.getHostString(), driver.getPort(), plan.runId(), plan.secret());
    return new Voice(client, Optional.of(client));
  }

  @Override
  public void close() {
    client.ifPresent(ProgressClient::close);
  }
}
