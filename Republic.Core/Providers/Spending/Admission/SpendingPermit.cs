using System.Runtime.InteropServices;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Spending.Admission;

/// <summary>Whether a model may be asked, as far as budgets go; the default is yes, and that none counts the call.</summary>
/// <param name="Refusal">Why not, for people.</param>
/// <param name="Meters">The budgets that count it.</param>
/// <param name="Body">The request as it is to be sent, where it had to be read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpendingPermit(
    SpendingRefusal? Refusal,
    IReadOnlyList<BudgetMeter>? Meters = null,
    Reservation? Reservation = null,
    ReadOnlyMemory<byte>? Body = null
)
{
    /// <summary>The call is over, and took so many tokens; null: nobody counted.</summary>
    public void Settle(TokenCounts? tokens)
    {
        Reservation?.Settle(tokens);
        if (Meters is null || tokens is null)
        {
            return;
        }

        foreach (var meter in Meters)
        {
            if (meter.Budget.TokensPerMinute is { } perMinute)
            {
                meter.Tokens.Take(perMinute, tokens.Input + tokens.Output);
            }
        }
    }
}
