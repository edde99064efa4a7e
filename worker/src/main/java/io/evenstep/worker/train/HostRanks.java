package io.evenstep.worker.train;

import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.TimedCrew;
import io.evenstep.worker.host.Crew;
import io.evenstep.worker.host.Seating;
import io.evenstep.worker.plan.Shares;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranks of this host, which share one replica, and their place among all.
 *
 * @param crew the ranks at work, the lead first
 * @param seats of the same ranks
 * @param seating of all ranks
 */
record HostRanks(TimedCrew crew, List<WorkerContext> seats, Seating seating) {
  /** A rank that has a host to itself, as all others have. */
  static HostRanks alone(WorkerContext seat) {
    Crew<CrewMember> crew = Crew.alone(seat.rank(), new CrewMember(seat));
    return of(crew, Seating.apart(seat.worldSize()));
  }

  /** A crew; waits until all its members have come. */
  static HostRanks of(Crew<CrewMember> crew, Seating seating) {
    List<WorkerContext> seats = crew.members().stream().map(CrewMember::seat).toList();
    List<StepClock> clocks = new ArrayList<>();
    seats.forEach(seat -> clocks.add(new StepClock()));
    return new HostRanks(new TimedCrew(crew, clocks), seats, seating);
  }

  /** How many ranks this host has. */
  int size() {
    return crew.size();
  }

  /** This host's number. */
  int host() {
    return seating.hostOf(lead().rank());
  }

  /** The seat of the rank that trains; the others work for it. */
  WorkerContext lead() {
    return seats.get(0);
  }

  /** The lead's clock. */
  StepClock clock() {
    return crew.clocks().get(0);
  }

  /** Where a member stands when all ranks are put in a row, host by host. */
  int place(int member) {
    return seating.firstPlaces().get(host()) + member;
  }

  /** Who computes which shards of a vector so long. */
  Shares shares(int shards, long length) {
    return new Shares(shards, seating.firstPlaces(), length);
  }
}
