package io.evenstep.worker.train;

import io.evenstep.worker.mesh.Rendezvous;
import java.util.ArrayList;
import java.util.List;

/**
 * The rendezvous of the hosts' leads: every rank calls its own rendezvous, and only the leads'
 * messages are used.
 */
record LeadRendezvous(HostRanks ranks) implements Rendezvous {
  @Override
  public String host() {
    return ranks.lead().rendezvous().host();
  }

  @Override
  public String bindHost() {
    return ranks.lead().rendezvous().bindHost();
  }

  @Override
  public List<String> allGather(String message) {
    List<String> all = new ArrayList<>();
    ranks.crew().crew().each(member -> gather(member, message, all));
    return ranks.seating().hosts().stream().map(host -> all.get(host.get(0))).toList();
  }

  private void gather(int member, String message, List<String> all) {
    Rendezvous own = ranks.seats().get(member).rendezvous();
    List<String> gathered = own.allGather(member == 0 ? message : "");
    if (member == 0) {
      all.addAll(gathered);
    }
  }
}
