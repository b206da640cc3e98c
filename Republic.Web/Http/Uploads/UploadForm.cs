using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Republic.Core;
using Republic.Core.Files;
using Republic.Web.Http.Auth;

namespace Republic.Web.Http.Uploads;

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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HttpContext context;
    private readonly Guid owner;
    private readonly FileUpload upload;
    private readonly Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<UploadedFile> files = [];

    /// <summary>What is still read of that which nobody wants.</summary>
    private int spare = 16 * 1024 * 1024;
    private bool isCutShort;

    private UploadForm(HttpContext context, Guid owner, FileUpload upload) =>
        (this.context, this.owner, this.upload) = (context, owner, upload);

    /// <summary>Every part called <c>file</c>, in the order they came: taken in, or refused with the reason.</summary>
    public IReadOnlyList<UploadedFile> Files => files;

    public string? this[string field] => fields.GetValueOrDefault(field);

    /// <param name="upload">Takes each file in.</param>
    public static async Task<Outcome<UploadForm>> ReadAsync(HttpContext context, Guid owner, FileUpload upload, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // The files have limits of their own, which are checked while they are written.
            size.MaxRequestBodySize = null;
        }

        var form = new UploadForm(context, owner, upload);
        try
        {
            if (await form.ReadAsync(ct) is not { } refused)
            {
                return form;
            }

            form.Dispose();
            await form.PassOverAsync(context.Request.Body, ct);
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

    /// <summary>What nobody has made something of is taken away.</summary>
    public void Dispose() => files.ForEach(file => file.Source.Value?.Dispose());

    private async Task<Failure?> ReadAsync(CancellationToken ct)
    {
        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
        )
        {
            return Failure.Invalid("file", "Send a multipart form with a part called file.");
        }

        if (await upload.Quota.RefusalAsync(owner, (context.Request.ContentLength ?? 0) - BufferBytes, ct) is { } noRoom)
        {
            return noRoom;
        }

        var reader = new MultipartReader(boundary, context.Request.Body, BufferBytes);
        var parts = 0;
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (
                !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name
            )
            {
                return Failure.Invalid("", "A part of the form has no name.");
            }

            var refused = name == "file" ? await FileAsync(section.Body, disposition, ct) : await FieldAsync(section.Body, name, ct);
            if (refused is not null)
            {
                return refused;
            }

            if (isCutShort)
            {
                break;
            }

            // Parts and not names: a form may repeat one for ever. A file field in which nothing was chosen is a field.
            if (++parts - files.Count > MaxFields)
            {
                return TooMuch("");
            }
        }

        return files.Count == 0 ? Failure.Invalid("file", "Choose a file first.") : null;
    }

    /// <summary>Takes one file in, or notes why not. A failure is one of the whole form.</summary>
    private async Task<Failure?> FileAsync(Stream body, ContentDispositionHeaderValue disposition, CancellationToken ct)
    {
        if (!await MayAsync())
        {
            return Failure.Forbidden("This form is too old, or not from here. Reload the page and send it again.");
        }

        if (files.Count == upload.Quota.Limits.MaxFiles)
        {
            return Failure.Invalid(
                "file",
                files.Count == 1 ? "Send one file at a time." : $"Send at most {files.Count} files at once, and the others after these."
            );
        }

        var fileName = HeaderUtilities
            .RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
            .Value;
        if (fileName is "")
        {
            // So a browser sends a field in which nothing was chosen.
            await PassOverAsync(body, ct);
            return null;
        }

        var received = await upload.ReceiveAsync(owner, body, fileName, ct);
        if (!received.Ok)
        {
            await PassOverAsync(body, ct);
            received =
                isCutShort && files.Count > 0
                    ? received.Failure with
                    {
                        Message = $"{received.Failure.Message} What came after it was not read: send that again.",
                        Fields = [],
                    }
                    : received;
        }

        files.Add(new UploadedFile(FileNames.Shown(fileName) ?? "(without a name)", received));
        return null;
    }

    private async Task<Failure?> FieldAsync(Stream body, string name, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxFieldBytes + 1);
        try
        {
            var length = await body.ReadAtLeastAsync(buffer, MaxFieldBytes + 1, throwOnEndOfStream: false, ct);
            if (length > MaxFieldBytes)
            {
                return TooMuch(name);
            }

            fields[name] = Encoding.UTF8.GetString(buffer, 0, length);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Failure TooMuch(string field) =>
        Failure.Invalid(field, $"A form has at most {MaxFields} fields of {ByteSize.Of(MaxFieldBytes)} beside its files.");

    /// <summary>
    /// Reads what was refused to its end if that is near, because a client that still sends may not hear the answer. Where it is not
    /// near, the answer goes out at once and the connection ends with it.
    /// </summary>
    private async Task PassOverAsync(Stream rest, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; spare > 0; spare -= read)
            {
                read = await rest.ReadAsync(buffer, patience.Token);
                if (read == 0)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Waited long enough.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        isCutShort = true;
        context.Response.Headers.Connection = "close";
    }

    /// <summary>A browser's cookie needs the token with it; a bearer token does not.</summary>
    private async Task<bool> MayAsync()
    {
        if (Authentication.IsByToken(context.Request))
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
}
