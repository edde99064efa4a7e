package io.evenstep.worker.train;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.cost.SyncChoice;
import io.evenstep.worker.host.Crew;
import io.evenstep.worker.host.CrewLostException;
import io.evenstep.worker.host.Crews;
import io.evenstep.worker.host.Seating;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.StoppedException;
import java.util.List;
import java.util.UUID;

/**
 * One rank's part of a run. Ranks in the same process share one replica where the learner allows
 * it: the first of them leads, and the others work for it.
 */
public final class Worker {
  private final TrainingPlan plan;
  private final WorkerParts parts;
  private final WorkerContext seat;

  private Worker(TrainingPlan plan, WorkerParts parts, WorkerContext seat) {
    this.plan = plan;
    this.parts = parts;
    this.seat = seat;
  }

  /**
   * Trains a learner together with the other ranks, which must get the same plan and parts. Ends
   * all its threads and connections.
   *
   * @throws io.evenstep.worker.mesh.RankLostException when another rank is lost
   * @throws StoppedException when the run was asked to stop
   * @throws io.evenstep.model.DivergedException when the loss is no longer a finite number
   * @throws io.evenstep.model.DataException when the pack cannot be read
   * @throws io.evenstep.model.ConfigException when a checkpoint to resume from does not fit
   */
  public static WorkerReport run(TrainingPlan plan, WorkerParts parts, WorkerContext seat) {
    try (LogContext lines = LogContext.ofRank(plan.identity().runId(), seat.rank())) {
      NativeRuntime.oneThread();
      return new Worker(plan, parts, seat).run();
    }
  }

  /** With averaging, replicas differ for a while, so they are not shared. */
  private WorkerReport run() {
    if (seat.worldSize() == 1 || plan.sync() instanceof SyncPlan.Averaging) {
      return apart(parts.learners().get());
    }
    String process = seat.process().crews().process();
    List<String> names = seat.rendezvous().allGather(process + " " + UUID.randomUUID());
    Seating seating = Seating.of(names.stream().map(name -> name.split(" ")[0]).toList());
    List<Integer> ranks = seating.hosts().get(seating.hostOf(seat.rank()));
    CrewMember me = new CrewMember(seat);
    Crews<CrewMember> crews = seat.process().crews();
    Crew<CrewMember> crew = crews.join(names, ranks, seat.rank(), me, plan.limits().peer());
    try {
      return ranks.get(0) == seat.rank() ? lead(crew, seating) : serve(crew, me);
    } finally {
      crews.leave(names);
    }
  }

  private WorkerReport apart(Learner learner) {
    return apart(learner, choice(learner, HostRanks.alone(seat)));
  }

  private WorkerReport apart(Learner learner, SyncChoice choice) {
    TrainingPlan own = plan.with(choice.plan());
    return new HostWorker(own, choice, learner, parts, HostRanks.alone(seat)).run().get(0);
  }

  /** How the run keeps replicas in agreement; the ranks measure and choose if the job lets them. */
  private SyncChoice choice(Learner learner, HostRanks host) {
    if (plan.sync() instanceof SyncPlan.AnyOf any) {
      SyncChoice exact = SyncChoice.of(new SyncPlan.AllReduce());
      return new HostWorker(plan.with(exact.plan()), exact, learner, parts, host).choose(any);
    }
    return SyncChoice.of(plan.sync());
  }

  /**
   * All processes make the same decision, because whether a learner can be shared depends only on
   * the job.
   */
  private WorkerReport lead(Crew<CrewMember> crew, Seating seating) {
    RuntimeException failure = new IllegalStateException("Rank " + seat.rank() + " has failed");
    boolean done = false;
    try {
      Learner learner = parts.learners().get();
      if (!learner.isShareable()) {
        crew.dissolve();
        done = true;
        return apart(learner);
      }
      SyncChoice choice = choice(learner, HostRanks.of(crew, seating));
      List<CrewMember> members = crew.members();
      if (choice.plan() instanceof SyncPlan.Averaging) {
        members.forEach(member -> member.chosen(choice));
        crew.dissolve();
        done = true;
        return apart(learner, choice);
      }
      TrainingPlan own = plan.with(choice.plan());
      HostRanks host = HostRanks.of(crew, seating);
      List<WorkerReport> reports = new HostWorker(own, choice, learner, parts, host).run();
      for (int member = 0; member < members.size(); member++) {
        members.get(member).finished(reports.get(member));
      }
      crew.close();
      done = true;
      return reports.get(0);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } finally {
      if (!done) {
        crew.fail(failure);
      }
    }
  }

  private WorkerReport serve(Crew<CrewMember> crew, CrewMember me) {
    try {
      if (crew.serve(seat.rank())) {
        return me.report();
      }
      Learner learner = parts.learners().get();
      return me.choice().map(made -> apart(learner, made)).orElseGet(() -> apart(learner));
    } catch (CrewLostException e) {
      throw new RankLostException(seat.rank(), e.step(), e.peer(), e.reason(), e);
    }
  }
}
