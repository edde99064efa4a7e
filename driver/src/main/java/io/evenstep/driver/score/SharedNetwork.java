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
 * A trained network as executors share it: broadcast once, and restored in each process as often as
 * it has tasks at work at one time. Tasks that come later take those networks over.
 */
public final class SharedNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] zip;
  private final String[] allowed; // plain, so that every serializer of Spark can take it
  private final EngineChoice engine;
  private transient @Nullable Map<TaskDevice, Deque<Scorer>> idle; // guarded by this

  /** Takes what is needed to score rows; the model's other parts stay where they are. */
  public SharedNetwork(ShippedModel model) {
    this.zip = model.zip();
    this.engine = model.objective().engine();
    this.allowed = model.allowed().more().toArray(String[]::new);
  }

  /**
   * A network for the task that runs in this thread, until the task ends. The thread is made ready
   * to compute with it.
   *
   * @throws io.evenstep.model.ConfigException when the task lacks the card that it needs
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
    return Engines.scorer(new Artifact(zip, new AllowedTypes(List.of(allowed))), engine);
  }

  private synchronized void giveBack(Scorer network, TaskDevice device) {
    idle().computeIfAbsent(device, unknown -> new ArrayDeque<>()).push(network);
  }

  /** By the device that their tensors lie on; the caller holds the lock. */
  private Map<TaskDevice, Deque<Scorer>> idle() {
    Map<TaskDevice, Deque<Scorer>> known = idle;
    if (known == null) {
      known = new HashMap<>();
      idle = known;
    }
    return known;
  }
}
