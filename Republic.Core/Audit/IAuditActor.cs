using System.Net;

namespace Republic.Core.Audit;

/// <summary>Who is asking just now, and from where.</summary>
public interface IAuditActor
{
    Guid? PersonId { get; }

    IPAddress? Address { get; }
}
