namespace Republic.Core.Security;

/// <summary>How far an IP address reaches, as far as <see cref="OutboundGuard"/> cares.</summary>
public enum AddressKind
{
    Public,

    /// <summary>This machine or its networks: allowed where the superuser says so.</summary>
    Loopback,

    Private,

    /// <summary>Multicast, documentation, unspecified, translators: nothing a model is served on.</summary>
    Reserved,

    /// <summary>Cloud metadata and link-local: it hands out the machine's own credentials and is never allowed.</summary>
    Metadata,
}
