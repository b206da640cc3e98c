using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Republic.Web.Http;

/// <summary>What the OpenAPI document says about the API as a whole.</summary>
internal sealed class ApiDescription : IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Republic";
        document.Info.Description =
            "JSON in snake case, ids are UUIDs, times RFC 3339 UTC, errors RFC 9457 problem details. "
            + "Send a bearer token from /api/account/login, or a personal access token (rpat_…).";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }
}
