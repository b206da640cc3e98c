using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Episodes.Playing;

/// <summary>What a step of a minion needs of the rest.</summary>
internal sealed record StepServices(
    PlayerLoader Players,
    LabelChooser Labels,
    CallWatchdog Watch,
    PriceBook Prices,
    StepTools Tools,
    IDbContextFactory<RepublicDb> Databases,
    LiveEvents Live
);
