namespace Republic.Web.Cli.Remote;

/// <summary>What <c>--help</c> prints behind every verb of personal models.</summary>
internal static class RemoteUsage
{
    public const string Text = """
        republic list [--json]
            your personal models, with their size, state, measured speed and use
        republic show MODEL [--json]
            everything known about one of them
        republic pull MODEL_ID[:VARIANT] [--load-anyway] [--detach]
            has the server download a model of its catalogue, check, install and test it, and waits until it is ready
        republic pull URL [--name NAME] [--sha256 HEX] [--second-url URL] [--load-anyway] [--detach]
            the same with any GGUF file
        republic pause MODEL
            pauses its download; the bytes received are kept
        republic resume MODEL
            continues with one that is paused, has failed or is quarantined
        republic test MODEL [--detach]
            has it tested again, waits, and prints what was measured
        republic mv MODEL NAME
            renames it; minions that use it follow
        republic rm MODEL [--yes]
            deletes it, after listing what uses it and asking
        republic quantize MODEL Q4_K_M|Q8_0 [--name NAME] [--detach]
            makes a smaller copy of it, and waits until that is ready
        republic versions MODEL [--json]
            the versions that minions were trained to on it
        republic rollback MODEL [--version N] [--minion NAME|ID]
            puts the minion that uses it back to an earlier version; 0 is the model without training

        republic ps [--json]
            the models in memory, what waits for memory, and when they are unloaded
        republic stop MODEL
            unloads it, after the answers that it is giving
        republic pin MODEL | unpin MODEL
            keeps it in memory, or no longer
        republic set MODEL [--keep-alive MINUTES|default] [--context TOKENS|default]
            how long it stays in memory without being used, and its context

          MODEL          name or id of a personal model, as list and show print them
          --url          address of the server, such as http://localhost:5080; without it REPUBLIC_URL
          --json         prints the JSON that the API sends
          --name         name of the new model for minions
          --sha256       SHA-256 that the file must have
          --second-url   same file elsewhere, used when the first address fails
          --load-anyway  also a model that does not fit into memory
          --detach       returns without waiting
          --yes          deletes without asking

        REPUBLIC_TOKEN holds an access token (rpat_…) with the scope read and, to change something, write; make one at
        /account/tokens. There is no option for it, because every user of a machine can read its command lines.
        Ctrl+C ends the waiting; the server continues. Exit codes: 0 done, 1 not possible, 2 wrong command line, or no Republic that
        accepts the token, 130 stopped.
        """;
}
