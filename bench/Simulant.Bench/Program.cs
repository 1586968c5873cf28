return Simulant.Bench.Benchmarks.Run(args, Console.Out, Console.Error);
