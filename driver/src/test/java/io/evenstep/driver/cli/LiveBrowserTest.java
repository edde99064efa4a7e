package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that a run serves while in progress, in a browser. */
@Tag("slow")
@Timeout(240)
class LiveBrowserTest {
  private static final String STEPS = "window.evenstep.data.steps.step.slice(-1)[0]";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    assumeTrue(Chromium.isThere(), "skipped: there is no chromium");
    bench = Workbench.in(folder);
  }

  @Test
  void followsTheRunSurvivesReloadAndShowsTheEnd() throws Exception {
    try (Browser browser = new Browser(folder.resolve("profile"))) {
      try (LiveRun run =
          new LiveRun(bench, "training.ui", "true", "training.uiPort", "0").awaitSteps()) {
        browser.open(run.address());
        long first = browser.evaluate(STEPS).asLong();
        browser.await("window.evenstep.live.updates >= 3 && " + STEPS + " > " + first);
        assertThat(browser.evaluate("document.querySelector('.livebar p').textContent").asText())
            .isEqualTo("Live");
        requireCurve(browser);

        browser.reload();
        browser.await("window.evenstep.live.updates >= 2");
        assertThat(browser.evaluate(STEPS).asLong()).isGreaterThan(first);
        requireCurve(browser);
        requirePauseHolds(browser);
      }
      browser.await("window.evenstep.data.state === 'failed'");
      assertThat(browser.evaluate("document.body.innerText").asText())
          .contains("The run has ended", "Stopped by the test");
      requireCurve(browser);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void requirePauseHolds(Browser browser) {
    browser.evaluate("document.querySelector('.livebar button').click()");
    long updates = browser.evaluate("window.evenstep.live.updates").asLong();
    browser.evaluate("new Promise(tell => events.addEventListener('data', tell, {once: true}))");
    assertThat(browser.evaluate("window.evenstep.live.updates").asLong()).isEqualTo(updates);
    browser.evaluate("document.querySelector('.livebar button').click()");
    browser.await("window.evenstep.live.updates > " + updates);
  }

  private static void requireCurve(Browser browser) {
    assertThat(browser.evaluate("window.evenstep.charts['loss-by-step'].points").asInt())
        .isPositive();
    assertThat(browser.evaluate("document.querySelectorAll('#chart-loss-by-step canvas').length"))
        .as("drawn once")
        .hasToString("1");
  }
}
