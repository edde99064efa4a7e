package io.evenstep.driver.score;

import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.stage.TaskDevice;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * A trained network shared by executors. It is broadcast once, and each process restores one copy
 * per concurrent task. Later tasks reuse these copies.
 */
public final class SharedNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] zip;
  private final String[] allowed; // plain values, so that every Spark serializer supports it
  private final EngineChoice engine;
  private final Boolean[] masked; // by input, whether its sequences have a mask
  private transient @Nullable Map<TaskDevice, Deque<Scorer>> idle; // guarded by this

  /** Keeps only what is needed to score rows. */
  public SharedNetwork(ShippedModel model) {
    this.zip = model.zip();
    this.engine = model.objective().engine();
    this.masked = model.objective().masked().toArray(Boolean[]::new);
    this.allowed = model.allowed().more().toArray(String[]::new);
  }

  /**
   * A network for the task running in this thread, until the task ends. Prepares the thread to
   * compute with it.
   *
   * @throws io.evenstep.model.ConfigException when the task lacks the GPU that it needs
   */
  public Scorer forTask() {
    TaskDevice device = TaskDevice.ready();
    Scorer network = take(device);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) task -> giveBack(network, device));
    return network;
  }

  private Scorer take(TaskDevice device) {
    synchronized (this) {
      Deque<Scorer> found = idle().get(device);
      if (found != null && !found.isEmpty()) {
        return found.pop();
      }
    }
    Artifact artifact = new Artifact(zip, new AllowedTypes(List.of(allowed)));
    return Engines.scorer(artifact, engine, List.of(masked));
  }

  private synchronized void giveBack(Scorer network, TaskDevice device) {
    idle().computeIfAbsent(device, unknown -> new ArrayDeque<>()).push(network);
  }

  /** Keyed by the device that holds their tensors. The caller holds the lock. */
  private Map<TaskDevice, Deque<Scorer>> idle() {
    Map<TaskDevice, Deque<Scorer>> known = idle;
    if (known == null) {
      known = new HashMap<>();
      idle = known;
    }
    return known;
  }
}
