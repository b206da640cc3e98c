using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Datasets;

[RequestSizeLimit(PasteForm.MaxBodyBytes)]
[RequestFormLimits(ValueLengthLimit = PasteForm.MaxBodyBytes)]
public sealed class NewModel(DatasetUpload upload, DatasetEditor editor) : PageModel
{
    public Guid Me => CurrentPerson.From(User).Id;

    [BindProperty]
    public PasteForm Paste { get; set; } = new();

    [BindProperty]
    public TypedForm Typed { get; set; } = new();

    public void OnGet() { }

    public async Task<IActionResult> OnPostPasteAsync(CancellationToken ct)
    {
        var text = Paste.Text ?? "";
        if (string.IsNullOrWhiteSpace(text))
        {
            return Wrong("Paste.Text", "Paste some rows first.");
        }

        var bytes = Paste.ToBytes();
        if (bytes.Length > PasteForm.MaxBytes)
        {
            return Wrong(
                "Paste.Text",
                $"This is {ByteSize.Of(bytes.Length)}; at most {ByteSize.Of(PasteForm.MaxBytes)} can be pasted. Save it as a file and upload that."
            );
        }

        var isJson = text.AsSpan().TrimStart() is ['{' or '[', ..];
        var input = new DatasetInput { Name = NameOr(Paste.Name, "Pasted rows"), DatasetType = isJson ? "jsonl" : "custom" };
        return await CreateAsync(bytes, input, "Paste.Text", ct);
    }

    public async Task<IActionResult> OnPostTypeAsync(CancellationToken ct)
    {
        var half = Typed.Pairs.ToList().FindIndex(pair => pair.IsHalf);
        if (half >= 0)
        {
            return Wrong(
                $"Typed.Pairs[{half}].{(string.IsNullOrWhiteSpace(Typed.Pairs[half].Answer) ? "Answer" : "Question")}",
                "A row has both, a question and its answer."
            );
        }

        var rows = Typed.Pairs.Where(pair => !pair.IsEmpty).Select(pair => JsonSerializer.Serialize(pair.ToRow())).ToList();
        if (rows.Count == 0)
        {
            return Wrong("Typed.Pairs[0].Question", "Type a question and its answer first.");
        }

        var input = new DatasetInput { Name = NameOr(Typed.Name, "Typed rows"), DatasetType = "custom" };
        return await CreateAsync(Encoding.UTF8.GetBytes(string.Join('\n', rows)), input, "Typed.Pairs[0].Question", ct);
    }

    private async Task<IActionResult> CreateAsync(byte[] bytes, DatasetInput input, string field, CancellationToken ct)
    {
        var received = await upload.ReceiveAsync(Me, new MemoryStream(bytes), fileName: null, ct);
        if (!received.Ok)
        {
            return Wrong(field, Text(received.Failure));
        }

        using var source = received.Value;
        var made = await editor.CreateAsync(Me, input, source, ct);
        return made.Ok ? LocalRedirect($"/datasets/{made.Value}") : Wrong(field, Text(made.Failure));
    }

    private PageResult Wrong(string field, string message)
    {
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private static string NameOr(string? name, string otherwise) => string.IsNullOrWhiteSpace(name) ? otherwise : name;

    private static string Text(Failure failure) =>
        string.Join(' ', failure.Fields.Select(field => field.Message).DefaultIfEmpty(failure.Message));
}
