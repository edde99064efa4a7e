package io.evenstep.worker.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ports only at the address that peers are told, not on every interface. */
public final class Listening {
  private static final Logger log = LoggerFactory.getLogger(Listening.class);

  private Listening() {}

  /**
   * Listens on a free port.
   *
   * @param host name or address of this machine; if it is another's, such as a gateway's, listens
   *     on every interface
   */
  public static Channel at(String host, ServerBootstrap server) {
    ChannelFuture bound = server.bind(new InetSocketAddress(host, 0)).awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    log.warn(
        "Cannot listen at {} ({}): listening on every interface", host, bound.cause().toString());
    return server.bind(0).syncUninterruptibly().channel();
  }
}
