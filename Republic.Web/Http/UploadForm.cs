using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Republic.Core;
using Republic.Core.Datasets;

namespace Republic.Web.Http;

/// <summary>
/// A multipart form whose files go straight to the disk as they come in. Fields may stand before or after the files. A page that posts
/// one without JavaScript puts <c>[IgnoreAntiforgeryToken]</c> on itself, as the usual check would read the whole form into a
/// temporary file first, and leaves the check to <see cref="ReadAsync"/>: the token's field stands before the first file, where forms have it.
/// </summary>
public sealed class UploadForm : IDisposable
{
    private const string TokenField = "__RequestVerificationToken";
    private const string TokenHeader = "RequestVerificationToken";
    private const int MaxFields = 100;
    private const int MaxFieldBytes = 64 * 1024;
    private const int BufferBytes = 256 * 1024;

    private readonly Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<UploadedFile> files = [];

    private UploadForm() { }

    /// <summary>Every part called <c>file</c>, in the order they came: taken in, or refused with the reason.</summary>
    public IReadOnlyList<UploadedFile> Files => files;

    public string? this[string field] => fields.GetValueOrDefault(field);

    /// <param name="owner">Whose room on the disk it takes.</param>
    public static async Task<Outcome<UploadForm>> ReadAsync(HttpContext context, Guid owner, CancellationToken ct)
    {
        var limits = context.RequestServices.GetRequiredService<UploadLimits>();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The files have limits of their own, which are checked while they are written.
            size.MaxRequestBodySize = null;
        }

        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
        )
        {
            return Failure.Invalid("file", "Send a multipart form with a part called file.");
        }

        var form = new UploadForm();
        try
        {
            var refused = await form.ReadAsync(
                context,
                new MultipartReader(boundary, context.Request.Body, BufferBytes),
                owner,
                limits,
                ct
            );
            if (refused is null)
            {
                return form;
            }

            form.Dispose();
            return refused;
        }
        catch (Exception error)
        {
            form.Dispose();
            if (error is InvalidDataException || (error is IOException and not BadHttpRequestException && !ct.IsCancellationRequested))
            {
                return Failure.Invalid("file", "The form is not whole: its parts do not end as they should. Send it again.");
            }

            throw;
        }
    }

    /// <summary>What nobody has made a dataset of is taken away.</summary>
    public void Dispose() => files.ForEach(file => file.Source.Value?.Dispose());

    private async Task<Failure?> ReadAsync(
        HttpContext context,
        MultipartReader reader,
        Guid owner,
        UploadLimits limits,
        CancellationToken ct
    )
    {
        var upload = context.RequestServices.GetRequiredService<DatasetUpload>();
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (
                !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name
            )
            {
                return Failure.Invalid("", "A part of the form has no name.");
            }

            if (name != "file")
            {
                if (fields.Count == MaxFields || await FieldAsync(section.Body, ct) is not { } value)
                {
                    return Failure.Invalid(
                        name,
                        $"A form has at most {MaxFields} fields of {ByteSize.Of(MaxFieldBytes)} beside its files."
                    );
                }

                fields[name] = value;
                continue;
            }

            if (!await MayAsync(context))
            {
                return Failure.Forbidden("This form is too old, or not from here. Reload the page and send it again.");
            }

            if (files.Count == limits.MaxFiles)
            {
                return Failure.Invalid("file", $"{limits.MaxFiles} files at once are the most. Send the others after these.");
            }

            var fileName = HeaderUtilities
                .RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
                .Value;
            if (fileName is "")
            {
                // So a browser sends a field in which nothing was chosen.
                continue;
            }

            var coming = files.Count == 0 ? Math.Max(1, (context.Request.ContentLength ?? 0) - BufferBytes) : 1;
            var received = await upload.ReceiveAsync(owner, section.Body, fileName, coming, ct);
            files.Add(new UploadedFile(DatasetUpload.ShownName(fileName) ?? "(without a name)", received));
        }

        return files.Count == 0 ? Failure.Invalid("file", "Choose a file first.") : null;
    }

    /// <summary>A browser's cookie needs the token with it; a bearer token does not.</summary>
    private async Task<bool> MayAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            return true;
        }

        if (context.Request.Headers[TokenHeader].Count == 0)
        {
            if (!fields.TryGetValue(TokenField, out var token))
            {
                return false;
            }

            // Put where the check finds it without reading the form, which is being read here.
            context.Request.Headers[TokenHeader] = token;
        }

        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }

    private static async Task<string?> FieldAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[MaxFieldBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MaxFieldBytes ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
