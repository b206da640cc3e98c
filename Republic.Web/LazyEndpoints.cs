using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Republic.Web;

/// <summary>
/// The <c>Map</c> methods of minimal APIs, taken before those of ASP.NET Core by every class below this namespace. They differ in one thing:
/// the code that reads the parameters of an endpoint is compiled at its first call. ASP.NET Core compiles that of all three hundred
/// before it serves the first page, in more than a second of a core.
/// </summary>
internal static class LazyEndpoints
{
    public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        Map(routes, pattern, HttpMethods.Get, handler);

    public static RouteHandlerBuilder MapPost(
        this IEndpointRouteBuilder routes,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => Map(routes, pattern, HttpMethods.Post, handler);

    public static RouteHandlerBuilder MapPut(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        Map(routes, pattern, HttpMethods.Put, handler);

    public static RouteHandlerBuilder MapDelete(
        this IEndpointRouteBuilder routes,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => Map(routes, pattern, HttpMethods.Delete, handler);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string pattern, string method, Delegate handler) =>
        RouteHandlerServices.Map(routes, pattern, handler, [method], RequestDelegateFactory.InferMetadata, CreateLazily);

    private static RequestDelegateResult CreateLazily(
        Delegate handler,
        RequestDelegateFactoryOptions options,
        RequestDelegateMetadataResult? metadata
    )
    {
        var compiled = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, metadata).RequestDelegate);
        return new RequestDelegateResult(context => compiled.Value(context), options.EndpointBuilder?.Metadata.AsReadOnly() ?? []);
    }
}
