using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Jobs;

namespace Republic.Core.Answering.Turns;

internal static class TurnsRegistration
{
    /// <summary>Makes a kind of job known whose subjects are turns.</summary>
    /// <typeparam name="TSink">The sink of a turn. Its constructor takes the row, and services that are singletons.</typeparam>
    /// <inheritdoc cref="JobsRegistration.AddJob{TWork}"/>
    public static IServiceCollection AddTurnJob<TTurn, TSink>(
        this IServiceCollection services,
        string kind,
        Func<IServiceProvider, int>? perPerson = null
    )
        where TTurn : Turn
        where TSink : ITurnSink
    {
        var make = ActivatorUtilities.CreateFactory<TSink>([typeof(TTurn)]);
        services.AddSingleton<Func<TTurn, ITurnSink>>(provider => turn => make(provider, [turn]));
        return services.AddJob<TurnWork<TTurn>>(kind, perPerson: perPerson);
    }
}
