package io.evenstep.driver.fault;

import java.util.ArrayList;
import java.util.List;

/** The faults of this process. Instrumented methods call it, from any thread. */
public final class ArmedFaults {
  private static final List<ArmedFault> ARMED = new ArrayList<>(); // set before main starts

  private ArmedFaults() {}

  static void arm(List<Fault> faults) {
    faults.forEach(fault -> ARMED.add(new ArmedFault(fault)));
  }

  /** Called at the start of a method. */
  public static void entered(String point) {
    for (ArmedFault each : ARMED) {
      if (!each.isTrace() && each.point().equals(point)) {
        each.called();
      }
    }
  }

  /** Called after a method has returned. */
  public static void returned(String point, Object[] arguments) {
    for (ArmedFault each : ARMED) {
      if (each.isTrace() && each.point().equals(point)) {
        each.trace(arguments);
      }
    }
  }
}
