using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;
using Republic.Web.Http;

namespace Republic.Web.Pages.Datasets;

/// <summary>Asks, before a table is uploaded, which of its columns is what. The browser sends the table's beginning; nothing is kept.</summary>
public sealed class ChooseModel : PageModel
{
    /// <summary>As much as the script sends of a larger file.</summary>
    private const int SampleBytes = 64 * 1024;

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>The first bytes of the file, in base64: what is no text must come here as it is.</summary>
    [BindProperty]
    public byte[] Sample { get; set; } = [];

    [BindProperty]
    public ColumnsForm Columns { get; set; } = new();

    public ColumnsView Table { get; private set; } = null!;

    public IActionResult OnGet() => LocalRedirect("/datasets/new");

    /// <summary>The dialog; nothing where there is nothing to ask; or why the file cannot be read, before all of it is sent.</summary>
    public Task<IActionResult> OnPostAsync() =>
        LookAsync(table => ColumnsForm.Of(table.Guess), isSent: false, () => Partial("_ColumnsDialog", this));

    public Task<IActionResult> OnPostShowAsync() => LookAsync(_ => Columns, isSent: false, () => Partial("_Columns", Table));

    /// <summary>The same once it is to be taken: what is missing is said.</summary>
    public Task<IActionResult> OnPostCheckAsync() => LookAsync(_ => Columns, isSent: true, () => Partial("_Columns", Table));

    private async Task<IActionResult> LookAsync(Func<TableLook, ColumnsForm> chosen, bool isSent, Func<IActionResult> answer)
    {
        var look = DatasetRefinery.Look(Sample, isWhole: Sample.Length < SampleBytes);
        if (look.Failure is { } failure)
        {
            await failure.ToProblem().ExecuteAsync(HttpContext);
            return new EmptyResult();
        }

        if (look.Value!.Table is not { } table)
        {
            return new NoContentResult();
        }

        Table = new ColumnsView(table, chosen(table), "/datasets/columns?handler=Show", isSent);
        return answer();
    }
}
