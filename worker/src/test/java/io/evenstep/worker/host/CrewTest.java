package io.evenstep.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ranks of a process as threads. */
@Timeout(60)
class CrewTest {
  private static final List<String> ATTEMPT = List.of("p 1", "p 2", "p 3");
  private static final List<Integer> RANKS = List.of(4, 7, 9);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Crews<String> crews = new Crews<>();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void hasEveryMemberDoItsPartInEachRound() throws Exception {
    AtomicIntegerArray parts = new AtomicIntegerArray(3);
    Future<Boolean> second = threads.submit(() -> join(7).serve(7));
    Future<Boolean> third = threads.submit(() -> join(9).serve(9));
    Crew<String> lead = join(4);
    assertThat(lead.members()).containsExactly("rank 4", "rank 7", "rank 9");
    for (int round = 0; round < 10_000; round++) {
      lead.each(parts::incrementAndGet);
    }
    lead.close();
    assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(third.get(10, TimeUnit.SECONDS)).isTrue();
    for (int member = 0; member < 3; member++) {
      assertThat(parts.get(member)).isEqualTo(10_000);
    }
  }

  @Test
  void tellsTheLeadWhatAMemberMet() throws Exception {
    serveTwo();
    Crew<String> lead = join(4);
    assertThatThrownBy(
            () ->
                lead.each(
                    member -> {
                      if (member == 1) {
                        throw new IllegalArgumentException("of member 1");
                      }
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("of member 1");
    lead.each(member -> {}); // it can be used again
    lead.close();
  }

  @Test
  void tellsMembersWhyTheLeadHasFailed() throws Exception {
    Future<Boolean> served = serveTwo();
    Crew<String> lead = join(4);
    lead.members();
    lead.fail(new IllegalStateException("of the lead"));
    assertThat(cause(served)).hasMessage("of the lead");
  }

  @Test
  void letsMembersGoEachByItself() throws Exception {
    Future<Boolean> served = serveTwo();
    join(4).dissolve();
    assertThat(served.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void namesAMemberWhoseThreadHasEnded() throws Exception {
    threads.submit(() -> join(9).serve(9));
    Thread gone = new Thread(() -> join(7));
    gone.start();
    gone.join();
    Crew<String> lead = join(4);
    lead.members();
    lead.at(12);
    assertThatThrownBy(() -> lead.each(member -> {}))
        .isInstanceOfSatisfying(
            CrewLostException.class,
            lost -> {
              assertThat(lost.peer()).isEqualTo(7);
              assertThat(lost.step()).isEqualTo(12);
              assertThat(lost).hasMessageContaining("its thread has ended");
            });
  }

  @Test
  void namesAMemberThatNeverCame() throws Exception {
    Duration limit = Duration.ofMillis(50); // whoever comes first sets it
    threads.submit(() -> join(9, limit).serve(9));
    Crew<String> lead = join(4, limit);
    assertThatThrownBy(lead::members)
        .isInstanceOf(CrewLostException.class)
        .hasMessageContaining("Lost rank 7")
        .hasMessageContaining("it had not joined after 50 ms");
  }

  @Test
  void waitsNoLongerThanTheLimit() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Crew<String> lead = join(4, Duration.ofMillis(200));
    serveTwo();
    lead.members();
    assertThatThrownBy(
            () ->
                lead.each(
                    member -> {
                      if (member == 2) {
                        await(never);
                      }
                    }))
        .isInstanceOf(CrewLostException.class)
        .hasMessageContaining("it is still working on its part after 200 ms");
    never.countDown();
  }

  @Test
  void endsWithALeadThatIsGone() throws Exception {
    Thread gone = new Thread(() -> join(4));
    gone.start();
    gone.join();
    assertThat(cause(serveTwo()))
        .isInstanceOf(CrewLostException.class)
        .hasMessageContaining("Lost rank 4");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Future<Boolean> serveTwo() {
    Callable<Boolean> last = () -> join(9).serve(9);
    threads.submit(last);
    return threads.submit(() -> join(7).serve(7));
  }

  private static Throwable cause(Future<?> future) throws Exception {
    try {
      future.get(10, TimeUnit.SECONDS);
      throw new AssertionError("It did not fail");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private Crew<String> join(int rank) {
    return join(rank, Duration.ofSeconds(20));
  }

  private Crew<String> join(int rank, Duration limit) {
    return crews.join(ATTEMPT, RANKS, rank, "rank " + rank, limit);
  }
}
