using System.Text;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Web.Api.Scenarios;

/// <summary>The JSON Schema of the texts of scenarios, which editors fetch without signing in.</summary>
internal static class ScenarioSchemaApi
{
    public static void MapScenarioSchema(this IEndpointRouteBuilder app) =>
        app.MapGet("/schemas/scenario-1.json", Schema).AllowAnonymous().ExcludeFromDescription();

    private static IResult Schema(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Text(ScenarioSchema.Json, "application/schema+json", Encoding.UTF8);
    }
}
