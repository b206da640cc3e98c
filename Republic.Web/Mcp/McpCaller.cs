using Republic.Web.Http.Auth;

namespace Republic.Web.Mcp;

/// <summary>The person by whose token a tool is called.</summary>
internal sealed class McpCaller(IHttpContextAccessor requests)
{
    public Guid Id =>
        requests.HttpContext is { } context
            ? CurrentPerson.From(context.User).Id
            : throw new InvalidOperationException("A tool was called outside of a request.");
}
