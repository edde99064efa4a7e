package io.evenstep.driver.fault;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** The entry point of {@code -javaagent:faults.jar=PLAN}. */
public final class FaultAgent {
  private FaultAgent() {}

  /**
   * Arms the faults of a plan.
   *
   * @param plan file with one fault a line
   */
  public static void premain(String plan, Instrumentation instrumentation) throws IOException {
    List<Fault> faults = Files.readAllLines(Path.of(plan)).stream().map(Fault::ofLine).toList();
    ArmedFaults.arm(faults);
    AgentBuilder agent =
        new AgentBuilder.Default()
            .ignore(none()) // the usual filter would have to read every class
            .disableClassFormatChanges()
            .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly());
    for (Fault fault : faults) {
      Class<?> advice = fault.action() == Fault.Action.TRACE ? OnReturn.class : OnEntry.class;
      agent =
          agent
              .type(named(fault.type()))
              .transform(
                  (builder, type, loader, module, domain) ->
                      builder.visit(Advice.to(advice).on(named(fault.method()))));
    }
    agent.installOn(instrumentation);
  }

  /** Inserted at the start of a method. */
  static final class OnEntry {
    private OnEntry() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Origin("#t.#m") String point) {
      ArmedFaults.entered(point);
    }
  }

  /** Inserted where a method returns. */
  static final class OnReturn {
    private OnReturn() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Origin("#t.#m") String point, @Advice.AllArguments Object[] arguments) {
      ArmedFaults.returned(point, arguments);
    }
  }
}
