using System.Net;
using Republic.Core.Audit;

namespace Republic.Web.Http.Auth;

/// <summary>Whoever sent the request that is being answered.</summary>
internal sealed class RequestActor(IHttpContextAccessor requests) : IAuditActor
{
    public Guid? PersonId => requests.HttpContext is { User: var user } ? CurrentPerson.FromOrNull(user)?.Id : null;

    public IPAddress? Address => requests.HttpContext?.Connection.RemoteIpAddress;
}
