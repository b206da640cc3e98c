using Republic.Web.Http.Auth;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// Answers clients whose base URL lacks <c>/v1</c> as an API does, and not with a page. <c>/models</c> is a page as well: there only a caller
/// with a key and no cookie, which no signed-in browser is, is taken for a client.
/// </summary>
internal static class OpenAiBaseUrl
{
    public static void UseClientBaseUrls(this IApplicationBuilder app) =>
        app.Use((context, next) => IsMeant(context.Request, context.GetEndpoint()) ? AnswerAsync(context) : next(context));

    private static bool IsMeant(HttpRequest request, Endpoint? page) =>
        request.Path.Value?.TrimEnd('/') switch
        {
            "/chat/completions" or "/embeddings" => page is not RouteEndpoint,
            "/models" => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
                && Authentication.KeyOf(request) is not null
                && request.Headers.Cookie.Count == 0
                // A browser that opens a page, behind a proxy that adds a token of its own.
                && request.Headers["Sec-Fetch-Mode"] != "navigate",
            _ => false,
        };

    private static Task AnswerAsync(HttpContext context)
    {
        OpenAiErrors.SetRequestId(context);
        return OpenAiErrors.WriteAsync(
            context,
            StatusCodes.Status404NotFound,
            $"There is no {context.Request.Method} {context.Request.Path}. The base URL of a client must end in /v1, as in {context.Request.Scheme}://{context.Request.Host}/v1.",
            "invalid_request_error",
            code: "unknown_url"
        );
    }
}
