using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core;
using Republic.Core.Data;
using Republic.Web.Http.Proxies;
using Republic.Web.Http.Security;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Republic.Web.Http;

/// <summary>What every page and endpoint stands in: headers, errors, origins, limits, JSON.</summary>
public static class WebShell
{
    /// <summary>For everything that does not say otherwise; uploads raise it for their endpoint.</summary>
    public const long MaxBodyBytes = 2 * 1024 * 1024;

    /// <summary>Of a request, in which a whole page may stand as what is searched for: that is refused with a reason, and not by the server.</summary>
    private const int MaxLineBytes = 128 * 1024;

    public static void AddWebShell(this WebApplicationBuilder builder)
    {
        UseAssetsOfTheBuild(builder);
        builder.AddHostDefaults();
        builder.AddProxies();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxLineBytes;
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
            // The security headers say frame-ancestors 'none', which is stricter than what antiforgery would add.
            o.SuppressXFrameOptionsHeader = true;
        });
        services.ConfigureHttpJsonOptions(Json);
        // Without it, a body that is not JSON would say why only while developing.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddPageCompression();
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer<ApiDescription>());
    }

    public static void UseWebShell(this WebApplication app)
    {
        app.UseProxies();
        app.UseServerSpans();
        app.UseSecurityHeaders();
        // Before all that only pages need: calls to models end here, and an error page finds its endpoint by itself.
        app.UseRoutingWithHead();
        app.UsePageCompression();
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
        app.UseStorableQueries();
    }

    /// <summary>They lie where only its manifest knows; without it they came empty outside of Development. A published app has none.</summary>
    private static void UseAssetsOfTheBuild(WebApplicationBuilder builder)
    {
        try
        {
            builder.WebHost.UseStaticWebAssets();
        }
        catch (DirectoryNotFoundException error)
        {
            throw new StartupRefusedException(
                "This build was moved away from its sources, where its styles and scripts lie. Run what dotnet publish makes.",
                error
            );
        }
    }

    internal static int StatusOf(Exception error) =>
        error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // U+0000, which JSON and forms can spell and PostgreSQL cannot keep.
            _ when error.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
                StatusCodes.Status400BadRequest,
            // What it changes, or belongs to, was deleted after it was looked up.
            DbUpdateConcurrencyException
            or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } } =>
                StatusCodes.Status409Conflict,
            _ when DatabaseFaults.IsDatabaseAway(error) => StatusCodes.Status503ServiceUnavailable,
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
