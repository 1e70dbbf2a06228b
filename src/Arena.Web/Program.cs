using Arena.Web.Hosting;

return await DataVerbs.TryRunAsync(args) ?? await ArenaHost.RunAsync(args);
