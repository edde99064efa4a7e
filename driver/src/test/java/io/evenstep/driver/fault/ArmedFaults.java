package io.evenstep.driver.fault;

import java.util.ArrayList;
import java.util.List;

/** The faults of this process; changed methods call it, from any thread. */
public final class ArmedFaults {
  private static final List<ArmedFault> ARMED = new ArrayList<>(); // fixed before main begins

  private ArmedFaults() {}

  static void arm(List<Fault> faults) {
    faults.forEach(fault -> ARMED.add(new ArmedFault(fault)));
  }

  /** A method begins. */
  public static void entered(String point) {
    for (ArmedFault each : ARMED) {
      if (!each.isTrace() && each.point().equals(point)) {
        each.called();
      }
    }
  }

  /** A method has returned. */
  public static void returned(String point, Object[] arguments) {
    for (ArmedFault each : ARMED) {
      if (each.isTrace() && each.point().equals(point)) {
        each.trace(arguments);
      }
    }
  }
}
