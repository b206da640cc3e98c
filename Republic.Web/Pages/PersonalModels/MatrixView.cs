using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The table of verdicts, files of a model by contexts, with one cell chosen and explained.</summary>
/// <param name="Page">The URL of the page without its query.</param>
/// <param name="Query">The part of the query that stays when another cell is chosen.</param>
/// <param name="Variant">The name of the chosen row; null for the first.</param>
/// <param name="Context">The chosen context in tokens; null for the usual one.</param>
public sealed record MatrixView(
    FitMatrix Matrix,
    ModelMemory Memory,
    string Page,
    IReadOnlyDictionary<string, string> Query,
    string? Variant,
    int? Context
)
{
    public FitRow Row => Matrix.Rows.FirstOrDefault(row => row.Name == Variant) ?? Matrix.Rows[0];

    /// <summary>The verdict of the chosen row at the longest listed context up to the chosen one.</summary>
    /// <param name="usual">The context to use where none is chosen, in tokens.</param>
    public FitReport Chosen(int usual)
    {
        var wanted = Context ?? usual;
        var at = Matrix
            .Contexts.Select((context, i) => (context, i))
            .LastOrDefault(one => one.context <= wanted && Row.Cells[one.i] is not null);
        return Row.Cells[at.i] ?? Row.Cells.First(cell => cell is not null)!;
    }

    /// <summary>Bytes of an estimated need that are neither weights nor buffers of a context: the library, and the vocabulary.</summary>
    public static long OverheadOf(FitEstimate estimate) =>
        estimate.Need - estimate.Weights - estimate.Kv - estimate.State - estimate.Compute;

    public string AddressOf(FitRow row, int context)
    {
        var query = new QueryBuilder(Query) { { "variant", row.Name }, { "context", context.ToString(CultureInfo.InvariantCulture) } };
        return $"{Page}{query}#fits";
    }
}
