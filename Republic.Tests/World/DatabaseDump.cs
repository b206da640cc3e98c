using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>Every row of every table as text; bytes are in hexadecimal.</summary>
public static class DatabaseDump
{
    [SuppressMessage("Security", "EF1002", Justification = "Table names cannot be parameters, and these are the model's own.")]
    public static async Task<string> OfAsync(RepublicDb db)
    {
        var all = new StringBuilder();
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).Distinct())
        {
            var rows = await db
                .Database.SqlQueryRaw<string>($"select t::text as \"Value\" from \"{table}\" as t")
                .ToListAsync(TestContext.Current.CancellationToken);
            all.AppendJoin('\n', rows).Append('\n');
        }

        return all.ToString();
    }
}
