using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Republic.Web.Http.Security;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Republic.Web.Http;

/// <summary>What every page and endpoint stands in: headers, errors, origins, limits, JSON.</summary>
public static class WebShell
{
    /// <summary>For everything that does not say otherwise; uploads raise it for their endpoint.</summary>
    public const long MaxBodyBytes = 2 * 1024 * 1024;

    public static void AddWebShell(this WebApplicationBuilder builder)
    {
        builder.AddHostDefaults();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = ConnectionLimit.OfThisProcess();
        });
        var services = builder.Services;
        services
            .AddRazorPages()
            .AddMvcOptions(mvc =>
            {
                mvc.Filters.Add<ExpiredForms>();
                mvc.Filters.Add<KnownHandlers>();
            });
        services.Configure<AntiforgeryOptions>(o =>
        {
            o.Cookie.Name = "form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The security headers say frame-ancestors 'none', which is stricter than what antiforgery would add.
            o.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(o => o.Cookie.Name = "notes");
        services.ConfigureHttpJsonOptions(Json);
        // Without it, a body that is not JSON would say why only while developing.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer<ApiDescription>());
    }

    public static void UseWebShell(this WebApplication app)
    {
        app.UseServerSpans();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error/500",
                StatusCodeSelector = StatusOf,
                SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < StatusCodes.Status500InternalServerError,
            }
        );
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseOwnOriginOnly();
        app.UseRoutingWithHead();
    }

    private static int StatusOf(Exception error) =>
        error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // U+0000, which JSON and forms can spell and PostgreSQL cannot keep.
            _ when error.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
                StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };

    private static void Json(JsonOptions options)
    {
        options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.SerializerOptions.DictionaryKeyPolicy = null;
        options.SerializerOptions.Converters.Add(
            new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
        );
    }
}
