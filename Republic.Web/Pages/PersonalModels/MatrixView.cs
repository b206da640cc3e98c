using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>What fits this machine: files of a model by contexts, with one of the cells chosen and explained.</summary>
/// <param name="Page">The address without its query.</param>
/// <param name="Query">What of the query stays when another cell is chosen.</param>
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

    /// <summary>Of the chosen row: at the chosen context, else at the one that the model host uses.</summary>
    public FitReport Chosen(int usual)
    {
        var wanted = Context ?? usual;
        var at = Matrix
            .Contexts.Select((context, i) => (context, i))
            .LastOrDefault(one => one.context <= wanted && Row.Cells[one.i] is not null);
        return Row.Cells[at.i] ?? Row.Cells.First(cell => cell is not null)!;
    }

    public string AddressOf(FitRow row, int context)
    {
        var query = new QueryBuilder(Query) { { "variant", row.Name }, { "context", context.ToString(CultureInfo.InvariantCulture) } };
        return $"{Page}{query}#fits";
    }
}
