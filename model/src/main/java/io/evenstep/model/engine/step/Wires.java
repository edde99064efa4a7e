package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.ForkOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The results of the vertices compiled so far, one copy for each vertex that takes it. */
final class Wires {
  private final Assembly assembly;
  private final Map<String, Integer> takers = new HashMap<>();
  private final Map<String, Deque<Value>> ready = new HashMap<>();

  /**
   * @param inputs of all vertices
   */
  Wires(Assembly assembly, Iterable<List<String>> inputs) {
    this.assembly = assembly;
    for (List<String> names : inputs) {
      names.forEach(name -> takers.merge(name, 1, Integer::sum));
    }
  }

  /** Records the result of a vertex or an input of the network. */
  void give(String name, Value value) {
    int count = takers.getOrDefault(name, 0);
    if (count > 0) {
      ready.put(name, new ArrayDeque<>(ForkOp.add(assembly, value, count)));
    }
  }

  /** Takes one copy. */
  Value take(String name) {
    return Objects.requireNonNull(ready.get(name)).removeFirst();
  }
}
