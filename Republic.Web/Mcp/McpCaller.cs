using System.Globalization;
using Republic.Core.Answering.Tools;
using Republic.Web.Http.Auth;

namespace Republic.Web.Mcp;

/// <summary>The person by whose token a tool is called.</summary>
internal sealed class McpCaller(IHttpContextAccessor requests)
{
    public Guid Id =>
        requests.HttpContext is { } context
            ? CurrentPerson.From(context.User).Id
            : throw new InvalidOperationException("A tool was called outside of a request.");

    /// <summary>How many minions stand behind the call, as Republic says where it calls itself.</summary>
    public int Depth =>
        int.TryParse(
            requests.HttpContext?.Request.Headers[ToolDepth.Header].ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var depth
        )
            ? depth
            : 0;
}
