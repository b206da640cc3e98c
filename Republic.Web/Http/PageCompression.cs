using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Republic.Web.Http;

/// <summary>
/// Compresses pages, and nothing else: assets are compressed when they are built, and streams must not wait. How long a compressed page is tells
/// what text of an address it repeats (https://www.breachattack.com), so that a page that another site made the browser ask for
/// is sent as it is: nobody elsewhere can choose what is compressed beside what is private.
/// </summary>
public static class PageCompression
{
    public static void AddPageCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    public static void UsePageCompression(this IApplicationBuilder app) =>
        app.UseWhen(context => IsSameOriginOrTyped(context.Request), branch => branch.UseResponseCompression());

    /// <summary>
    /// By a page of ours, or typed: browsers say so themselves, and whoever does not say is not believed. Keys and tokens are shown in answers
    /// to forms alone, which are sent as they are.
    /// </summary>
    private static bool IsSameOriginOrTyped(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";
}
