using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Republic.Tests.World;

/// <summary>Every door of the running app, read from its own endpoint list: API routes by verb, pages by handler.</summary>
public static partial class Routes
{
    public static async Task<IReadOnlyList<Route>> OfAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        List<Route> routes = [];
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = Constraint().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), "{${name}}");
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                routes.Add(new Route("GET", pattern));
                routes.AddRange(
                    compiled.HandlerMethods.Select(handler => new Route(
                        handler.HttpMethod.ToUpperInvariant(),
                        Handler(pattern, handler.Name)
                    ))
                );
            }
            else if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            {
                var verbs = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
                routes.AddRange(verbs.Select(verb => new Route(verb, pattern)));
            }
        }

        return [.. routes.Distinct().OrderBy(route => route.Pattern, StringComparer.Ordinal).ThenBy(route => route.Verb)];
    }

    /// <summary>The address of every page.</summary>
    public static async Task<IReadOnlyList<PageRoute>> PagesAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        List<PageRoute> pages = [];
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var handlers = (await loader.LoadAsync(page, endpoint.Metadata)).HandlerMethods;
                pages.Add(
                    new PageRoute(
                        Constraint().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), "{${name}}"),
                        handlers.Any(handler =>
                            string.Equals(handler.HttpMethod, "POST", StringComparison.OrdinalIgnoreCase) && handler.Name is null
                        )
                    )
                );
            }
        }

        return pages;
    }

    private static string Handler(string pattern, string? name) => name is null ? pattern : $"{pattern}?handler={name}";

    // {id:guid} and {code:int?} are read as {id} and {code}.
    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}

public sealed record Route(string Verb, string Pattern)
{
    public bool HasIds => Pattern.Contains('{');

    public override string ToString() => $"{Verb} {Pattern}";
}

/// <param name="TakesAnyPost">Its handler of POST has no name, and so takes whatever name is asked for.</param>
public sealed record PageRoute(string Path, bool TakesAnyPost);
