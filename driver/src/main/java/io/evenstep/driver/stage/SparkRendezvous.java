package io.evenstep.driver.stage;

import io.evenstep.worker.mesh.Rendezvous;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;

/** Ranks meet through Spark's barrier once per attempt. */
final class SparkRendezvous implements Rendezvous {
  private final BarrierTaskContext task;

  SparkRendezvous(BarrierTaskContext task) {
    this.task = task;
  }

  /** The host name at which Spark reaches this executor. */
  @Override
  public String host() {
    String address = task.getTaskInfos()[task.partitionId()].address();
    int port = address.lastIndexOf(':');
    String host = port < 0 ? address : address.substring(0, port);
    return Interfaces.ofRank(SparkEnv.get().conf(), host);
  }

  @Override
  public List<String> allGather(String message) {
    try (BarrierPulse pulse = BarrierPulse.ofThisThread()) {
      return List.of(task.allGather(message));
    } finally {
      if (task.isInterrupted()) {
        Thread.currentThread().interrupt(); // Spark has killed the task; keep the interrupt
      }
    }
  }
}
