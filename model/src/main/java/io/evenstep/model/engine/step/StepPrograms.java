package io.evenstep.model.engine.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The programs of one thread, one per shape, each made when its shape first occurs. A training run
 * has two or three, because the last batch of an epoch is shorter. Sequences may have more shapes,
 * so the least recently used program is closed.
 */
final class StepPrograms {
  private static final int MOST = 8;

  private final StepLearner learner;
  private final Function<ShardShape, StepProgram> compiler;
  private final Map<ShardShape, Loaded> programs = new LinkedHashMap<>(MOST, 0.75f, true);

  StepPrograms(StepLearner learner, Function<ShardShape, StepProgram> compiler) {
    this.learner = learner;
    this.compiler = compiler;
  }

  private static final class Loaded {
    private final StepProgram program;
    private long version = -1; // of the parameters it has

    Loaded(StepProgram program) {
      this.program = program;
    }
  }

  /**
   * Threads that share a learner compile one after the other: DL4J's configuration is not safe to
   * read from two threads.
   */
  private Loaded compile(ShardShape shape) {
    synchronized (learner) {
      return new Loaded(compiler.apply(shape));
    }
  }

  /** The program of a shape, with the learner's current parameters. */
  StepProgram of(ShardShape shape) {
    Loaded loaded = programs.computeIfAbsent(shape, this::compile);
    if (programs.size() > MOST) {
      ShardShape eldest = programs.keySet().iterator().next();
      Objects.requireNonNull(programs.remove(eldest)).program.close();
    }
    if (loaded.version != learner.version()) {
      loaded.program.load(learner.parameters().address());
      loaded.version = learner.version();
    }
    return loaded.program;
  }
}
