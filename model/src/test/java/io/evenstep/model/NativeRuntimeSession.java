package io.evenstep.model;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Chooses the native libraries before any test of this JVM can load another build of them. */
public final class NativeRuntimeSession implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    NativeRuntime.prepare();
  }
}
