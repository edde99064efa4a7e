package io.evenstep.worker.train;

import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.TimedCrew;
import io.evenstep.worker.host.Crew;
import io.evenstep.worker.host.Seating;
import io.evenstep.worker.plan.Shares;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranks of this host, which share one replica, and their place among all ranks.
 *
 * @param crew the crew of these ranks, the lead first
 * @param seats places of the same ranks
 * @param seating the seating of all ranks
 */
record HostRanks(TimedCrew crew, List<WorkerContext> seats, Seating seating) {
  /** A rank that is a host by itself, like all others. */
  static HostRanks alone(WorkerContext seat) {
    Crew<CrewMember> crew = Crew.alone(seat.rank(), new CrewMember(seat));
    return of(crew, Seating.apart(seat.worldSize()));
  }

  /** The ranks of a crew; waits until all members have joined. */
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

  /** The place of the rank that trains; the others work for it. */
  WorkerContext lead() {
    return seats.get(0);
  }

  /** The lead's clock. */
  StepClock clock() {
    return crew.clocks().get(0);
  }

  /** A member's index when all ranks are listed host by host. */
  int place(int member) {
    return seating.firstPlaces().get(host()) + member;
  }

  /** Who computes which shards, for a vector of this length. */
  Shares shares(int shards, long length) {
    return new Shares(shards, seating.firstPlaces(), length);
  }
}
